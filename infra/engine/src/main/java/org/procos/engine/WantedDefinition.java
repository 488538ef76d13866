package org.procos.engine;

import org.operaton.bpm.engine.delegate.Expression;
import org.operaton.bpm.engine.delegate.VariableScope;
import org.operaton.bpm.engine.impl.core.model.BaseCallableElement;
import org.operaton.bpm.engine.impl.el.StartProcessVariableScope;
import org.operaton.bpm.engine.impl.form.FormDefinition;
import org.operaton.bpm.engine.impl.persistence.AbstractResourceDefinitionManager;

/**
 * A definition that an element of a model refers to by texts.
 *
 * @param key its key
 * @param ofDeployment whether the one of the same deployment is meant
 * @param version the version meant; null for another binding
 * @param versionTag the version tag meant; null for another binding
 */
record WantedDefinition(String key, boolean ofDeployment, String version, String versionTag) {

  /** What a call activity or business rule task refers to; null when that is known only to an instance. */
  static WantedDefinition of(BaseCallableElement reference) {
    if (reference == null || reference.hasDynamicReferences() || reference.getTenantIdProvider() != null && reference.getTenantIdProvider().isDynamic()) {
      return null;
    }
    VariableScope nothing = StartProcessVariableScope.getSharedInstance();
    Object version = reference.isVersionBinding() ? reference.getVersionValueProvider().getValue(nothing) : null;
    Object versionTag = reference.isVersionTagBinding() ? reference.getVersionTagValueProvider().getValue(nothing) : null;
    return new WantedDefinition(reference.getDefinitionKey(nothing), reference.isDeploymentBinding(), text(version), text(versionTag));
  }

  /** The form that a user task or start event shows; null when there is none or it is known only to an instance. */
  static WantedDefinition of(FormDefinition form) {
    Expression key = form.getOperatonFormDefinitionKey();
    Expression version = form.getOperatonFormDefinitionVersion();
    if (key == null || !key.isLiteralText() || version != null && !version.isLiteralText()) {
      return null;
    }
    String binding = form.getOperatonFormDefinitionBinding();
    return new WantedDefinition(key.getExpressionText(), "deployment".equals(binding), "version".equals(binding) && version != null ? version.getExpressionText() : null, null);
  }

  private static String text(Object value) {
    return value == null ? null : value.toString().strip();
  }

  /** The definition as the engine would find it for an instance; null when there is none. */
  Object find(AbstractResourceDefinitionManager<?> definitions, String deploymentId) {
    if (ofDeployment) {
      return definitions.findDefinitionByDeploymentAndKey(deploymentId, key);
    }
    if (version != null) {
      return version.matches("\\d{1,9}") ? definitions.findDefinitionByKeyVersionAndTenantId(key, Integer.valueOf(version), null) : null;
    }
    return versionTag == null ? definitions.findLatestDefinitionByKeyAndTenantId(key, null) : definitions.findDefinitionByKeyVersionTagAndTenantId(key, versionTag, null);
  }

  String shownVersion() {
    return version == null ? versionTag : version;
  }

  /** Which of the versions, as a part of a sentence. */
  String which() {
    if (ofDeployment) {
      return " of the same deployment";
    }
    if (version != null) {
      return " in version " + version;
    }
    return versionTag == null ? "" : " with the version tag \"" + versionTag + "\"";
  }
}
