package org.procos.engine;

import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathFunctionResolver;
import javax.xml.xpath.XPathVariableResolver;

/**
 * Makes {@link ChildPath}s. MyBatis asks for thousands of one-step paths while it reads the engine's SQL mappings; the
 * general XPath implementation spends a quarter of the boot time of the engine on them.
 */
public final class ChildPathFactory extends XPathFactory {

  private final XPathFactory general = XPathFactory.newDefaultInstance();

  /** Lets everyone in this virtual machine who asks for an XPath implementation get this one. */
  static void install() {
    System.setProperty(DEFAULT_PROPERTY_NAME + ":" + DEFAULT_OBJECT_MODEL_URI, ChildPathFactory.class.getName());
  }

  @Override
  public XPath newXPath() {
    return new ChildPath(general.newXPath());
  }

  @Override
  public boolean isObjectModelSupported(String objectModel) {
    return general.isObjectModelSupported(objectModel);
  }

  @Override
  public void setFeature(String name, boolean value) throws javax.xml.xpath.XPathFactoryConfigurationException {
    general.setFeature(name, value);
  }

  @Override
  public boolean getFeature(String name) throws javax.xml.xpath.XPathFactoryConfigurationException {
    return general.getFeature(name);
  }

  @Override
  public void setXPathVariableResolver(XPathVariableResolver resolver) {
    general.setXPathVariableResolver(resolver);
  }

  @Override
  public void setXPathFunctionResolver(XPathFunctionResolver resolver) {
    general.setXPathFunctionResolver(resolver);
  }
}
