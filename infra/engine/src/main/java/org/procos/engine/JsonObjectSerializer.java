package org.procos.engine;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import org.operaton.bpm.engine.impl.variable.serializer.AbstractObjectValueSerializer;
import org.operaton.bpm.engine.variable.value.ObjectValue;
import org.operaton.bpm.engine.variable.value.TypedValue;

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
  /** Also writes half of a surrogate pair, which is a character of JSON and none of UTF-8. */
  private final ObjectWriter escaping = mapper.writer().with(JsonGenerator.Feature.ESCAPE_NON_ASCII);

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
    try {
      return mapper.writeValueAsBytes(deserialized);
    } catch (JsonProcessingException brokenText) {
      return escaping.writeValueAsBytes(deserialized);
    }
  }

  @Override
  protected Object deserializeFromByteArray(byte[] json, String ignoredTypeName) throws Exception {
    return mapper.readValue(json, Object.class);
  }

  @Override
  protected boolean isSerializationTextBased() {
    return true;
  }

  /** What was read from JSON can be written again, whatever it is: a call activity hands on what it has read. */
  @Override
  protected boolean canWriteValue(TypedValue typed) {
    boolean isRead = typed instanceof ObjectValue object && object.isDeserialized() && FORMAT.equals(object.getSerializationDataFormat());
    return isRead ? isJson(((ObjectValue) typed).getValue()) : super.canWriteValue(typed);
  }

  private static boolean isJson(Object value) {
    return value == null || value instanceof Map || value instanceof List || value instanceof String || value instanceof Number || value instanceof Boolean;
  }

  @Override
  protected boolean canSerializeValue(Object value) {
    return value instanceof Map || value instanceof List || value instanceof BigInteger || (value instanceof String text && !fitsColumn(text));
  }

  /** The column of a String variable ends at 4,000 characters, and PostgreSQL keeps neither NUL nor half of a surrogate pair. */
  private static boolean fitsColumn(String text) {
    return text.length() <= LONGEST_STRING && text.indexOf('\0') < 0 && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
