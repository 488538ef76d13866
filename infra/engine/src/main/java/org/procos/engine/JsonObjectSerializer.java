package org.procos.engine;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.operaton.bpm.engine.impl.variable.serializer.AbstractObjectValueSerializer;

/**
 * Structured variables as JSON, for an engine without the Spin JSON data format: without it the engine keeps such a variable but
 * cannot read it, and a call activity that hands all variables on, a collection of a multi-instance activity and
 * {@code camunda:map} all fail.
 *
 * <p>Reading gives maps, lists, text, numbers and booleans only: the type name that came with the variable is never loaded as a
 * class. The name in the database is the one of Spin, so that stock engines understand the same data.
 */
final class JsonObjectSerializer extends AbstractObjectValueSerializer {

  static final String FORMAT = "application/json";

  private static final int LONGEST_STRING = 4_000;

  private final ObjectMapper mapper = new ObjectMapper();

  JsonObjectSerializer() {
    super(FORMAT);
  }

  @Override
  public String getName() {
    return "spin://" + FORMAT;
  }

  @Override
  protected String getTypeNameForDeserialized(Object deserialized) {
    if (deserialized instanceof Map) {
      return "java.util.LinkedHashMap";
    }
    return deserialized instanceof List ? "java.util.ArrayList" : deserialized.getClass().getName();
  }

  @Override
  protected byte[] serializeToByteArray(Object deserialized) throws Exception {
    return mapper.writeValueAsBytes(deserialized);
  }

  @Override
  protected Object deserializeFromByteArray(byte[] json, String ignoredTypeName) throws Exception {
    return mapper.readValue(json, Object.class);
  }

  @Override
  protected boolean isSerializationTextBased() {
    return true;
  }

  @Override
  protected boolean canSerializeValue(Object value) {
    // Long text is an object too: the column of a String variable ends at 4,000 characters.
    return value instanceof Map || value instanceof List || (value instanceof String text && text.length() > LONGEST_STRING);
  }
}
