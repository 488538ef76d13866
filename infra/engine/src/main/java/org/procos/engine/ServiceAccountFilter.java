package org.procos.engine;

import jakarta.servlet.FilterConfig;
import org.operaton.bpm.engine.rest.security.auth.ProcessEngineAuthenticationFilter;

/** The engine's own authentication filter, with an account instead of a class name from an init parameter. */
final class ServiceAccountFilter extends ProcessEngineAuthenticationFilter {

  private final ServiceAccount account;

  ServiceAccountFilter(ServiceAccount account) {
    this.account = account;
  }

  @Override
  public void init(FilterConfig filterConfig) {
    authenticationProvider = account;
  }

  Class<?> providerType() {
    return authenticationProvider.getClass();
  }
}
