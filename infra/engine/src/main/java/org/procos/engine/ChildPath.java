package org.procos.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import javax.xml.namespace.NamespaceContext;
import javax.xml.namespace.QName;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpression;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFunctionResolver;
import javax.xml.xpath.XPathVariableResolver;

import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * An XPath that answers the simplest paths itself, by walking the document: names of child elements ({@code a},
 * {@code a|b}) and absolute paths of names ({@code /a/b}). Everything else goes to a general implementation.
 */
final class ChildPath implements XPath {

  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][\\w-]*(\\|[A-Za-z_][\\w-]*)*|(/[A-Za-z_][\\w-]*)+");

  private final XPath general;

  ChildPath(XPath general) {
    this.general = general;
  }

  @Override
  public Object evaluate(String expression, Object item, QName returnType) throws XPathExpressionException {
    boolean nodes = XPathConstants.NODESET.equals(returnType);
    if (!(item instanceof Node start) || !(nodes || XPathConstants.NODE.equals(returnType)) || !SIMPLE.matcher(expression).matches()) {
      return general.evaluate(expression, item, returnType);
    }
    List<Node> found = expression.charAt(0) == '/' ? absolute(start, expression) : children(List.of(start), Set.of(expression.split("\\|")));
    return nodes ? new Nodes(found) : found.isEmpty() ? null : found.get(0);
  }

  private static List<Node> absolute(Node start, String path) {
    List<Node> current = List.of(start instanceof Document ? start : start.getOwnerDocument());
    for (String name : path.substring(1).split("/")) {
      current = children(current, Set.of(name));
    }
    return current;
  }

  private static List<Node> children(List<Node> parents, Set<String> names) {
    List<Node> found = new ArrayList<>();
    for (Node parent : parents) {
      for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
        if (child.getNodeType() == Node.ELEMENT_NODE && names.contains(child.getNodeName())) {
          found.add(child);
        }
      }
    }
    return found;
  }

  private record Nodes(List<Node> list) implements NodeList {

    @Override
    public Node item(int index) {
      return index >= 0 && index < list.size() ? list.get(index) : null;
    }

    @Override
    public int getLength() {
      return list.size();
    }
  }

  @Override
  public String evaluate(String expression, Object item) throws XPathExpressionException {
    return general.evaluate(expression, item);
  }

  @Override
  public Object evaluate(String expression, InputSource source, QName returnType) throws XPathExpressionException {
    return general.evaluate(expression, source, returnType);
  }

  @Override
  public String evaluate(String expression, InputSource source) throws XPathExpressionException {
    return general.evaluate(expression, source);
  }

  @Override
  public XPathExpression compile(String expression) throws XPathExpressionException {
    return general.compile(expression);
  }

  @Override
  public void reset() {
    general.reset();
  }

  @Override
  public void setXPathVariableResolver(XPathVariableResolver resolver) {
    general.setXPathVariableResolver(resolver);
  }

  @Override
  public XPathVariableResolver getXPathVariableResolver() {
    return general.getXPathVariableResolver();
  }

  @Override
  public void setXPathFunctionResolver(XPathFunctionResolver resolver) {
    general.setXPathFunctionResolver(resolver);
  }

  @Override
  public XPathFunctionResolver getXPathFunctionResolver() {
    return general.getXPathFunctionResolver();
  }

  @Override
  public void setNamespaceContext(NamespaceContext context) {
    general.setNamespaceContext(context);
  }

  @Override
  public NamespaceContext getNamespaceContext() {
    return general.getNamespaceContext();
  }
}
