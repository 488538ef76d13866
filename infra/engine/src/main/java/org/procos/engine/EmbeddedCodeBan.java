package org.procos.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.operaton.bpm.engine.BpmnParseException;
import org.operaton.bpm.engine.impl.bpmn.parser.AbstractBpmnParseListener;
import org.operaton.bpm.engine.impl.persistence.entity.ProcessDefinitionEntity;
import org.operaton.bpm.engine.impl.util.xml.Element;

/**
 * Refuses models that bring code of their own: scripts, Java classes, delegate expressions and connectors. The work of a
 * process is done by external tasks, whose workers run elsewhere and can be confined.
 */
final class EmbeddedCodeBan extends AbstractBpmnParseListener {

  private static final String REMEDY = "; use a service task with camunda:type=\"external\" and a worker instead";
  private static final Set<String> ENGINE_NAMESPACES =
      Set.of("http://camunda.org/schema/1.0/bpmn", "http://operaton.org/schema/1.0/bpmn", "http://activiti.org/bpmn");
  private static final Set<String> BANNED_ELEMENTS = Set.of("scriptTask", "script", "connector");
  private static final Map<String, String> BANNED_ATTRIBUTES =
      Map.of("class", "a Java class", "delegateExpression", "a delegate expression", "resource", "an external script");

  @Override
  public void parseRootElement(Element root, List<ProcessDefinitionEntity> definitions) {
    Map<Element, String> findings = new LinkedHashMap<>();
    collect(root, root, findings);
    if (findings.isEmpty()) {
      return;
    }
    String all = findings.entrySet().stream()
        .map(finding -> "'" + finding.getKey().attribute("id") + "' carries " + finding.getValue())
        .collect(Collectors.joining(", "));
    throw new BpmnParseException(all + REMEDY, findings.keySet().iterator().next());
  }

  /** Notes the code of an element under the nearest element that has an id, which is the one a person finds in the diagram. */
  private static void collect(Element element, Element owner, Map<Element, String> findings) {
    Element named = element.attribute("id") == null ? owner : element;
    String what = codeOf(element);
    if (what != null) {
      findings.putIfAbsent(named, what);
    }
    element.elements().forEach(child -> collect(child, named, findings));
  }

  private static String codeOf(Element element) {
    if (BANNED_ELEMENTS.contains(element.getTagName())) {
      return "a " + element.getTagName();
    }
    if (element.getTagName().equals("conditionExpression") && element.attribute("language") != null) {
      return "a scripted condition";
    }
    return element.attributes().stream().map(attribute -> codeOf(element, attribute)).filter(what -> what != null).findFirst().orElse(null);
  }

  /** An attribute with a prefix is listed as "namespace:name"; one without belongs to its element's namespace. */
  private static String codeOf(Element element, String attribute) {
    int separator = attribute.lastIndexOf(':');
    String namespace = separator < 0 ? element.getUri() : attribute.substring(0, separator);
    return namespace != null && ENGINE_NAMESPACES.contains(namespace) ? BANNED_ATTRIBUTES.get(attribute.substring(separator + 1)) : null;
  }
}
