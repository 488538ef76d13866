package org.procos.engine;

import jakarta.servlet.DispatcherType;
import org.operaton.bpm.engine.rest.impl.FetchAndLockContextListener;
import org.operaton.bpm.spring.boot.starter.rest.OperatonJerseyResourceConfig;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.autoconfigure.jersey.JerseyAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;

/**
 * The parts and how they are wired beside the engine itself ({@link EngineBoot}): REST API, authentication, the two management endpoints.
 *
 * <p>The auto-configurations are named one by one: each that is not needed costs boot time and could open something.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    ConfigurationPropertiesAutoConfiguration.class,
    LifecycleAutoConfiguration.class,
    ServletWebServerFactoryAutoConfiguration.class,
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    JerseyAutoConfiguration.class
})
class EngineApplication {

  /** A poll that a restarted worker repeats replaces the one its dead predecessor left, which would lock tasks for nobody. */
  static final String UNIQUE_WORKER_REQUEST = "fetch-and-lock-unique-worker-request";

  /** Long polls that may arrive at once; one more is answered with status 500. The engine's default is 200. */
  static final String POLL_CAPACITY = "fetch-and-lock-queue-capacity";

  @Bean
  OperatonJerseyResourceConfig restApi() {
    return new OperatonJerseyResourceConfig();
  }

  @Bean
  ServletContextInitializer restParameters() {
    return context -> {
      context.setInitParameter(UNIQUE_WORKER_REQUEST, "true");
      context.setInitParameter(POLL_CAPACITY, "2000");
    };
  }

  @Bean
  FetchAndLockContextListener longPolling() {
    return new FetchAndLockContextListener();
  }

  @Bean
  PendingPolls pendingPolls() {
    return new PendingPolls();
  }

  @Bean
  FilterRegistrationBean<ServiceAccountFilter> authentication(EngineEnvironment environment) {
    FilterRegistrationBean<ServiceAccountFilter> registration =
        new FilterRegistrationBean<>(new ServiceAccountFilter(new ServiceAccount(environment.user(), environment.password())));
    registration.setName("authentication");
    registration.addUrlPatterns("/engine-rest/*", SettingsServlet.PATH, DeploymentCheckServlet.PATH);
    registration.setDispatcherTypes(DispatcherType.REQUEST);
    registration.setAsyncSupported(true);
    return registration;
  }

  @Bean
  RestFilters restFilters() {
    return new RestFilters();
  }

  @Bean
  ServletRegistrationBean<HealthServlet> health(EngineBoot boot) {
    return new ServletRegistrationBean<>(new HealthServlet(boot), HealthServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<SettingsServlet> settings(EngineBoot boot, EngineEnvironment environment, EngineProduct product) {
    return new ServletRegistrationBean<>(new SettingsServlet(boot, environment, product), SettingsServlet.PATH);
  }

  @Bean
  ServletRegistrationBean<DeploymentCheckServlet> deploymentCheck(EngineBoot boot) {
    return new ServletRegistrationBean<>(new DeploymentCheckServlet(boot), DeploymentCheckServlet.PATH);
  }

  @Bean
  EngineProduct product(Environment settings) {
    return new EngineProduct(settings.getRequiredProperty("procos.engine.product"), settings.getRequiredProperty("procos.engine.version"));
  }

  @Bean
  EngineAddress address(ApplicationContext context, EngineProduct product) {
    return new EngineAddress(context, product);
  }
}
