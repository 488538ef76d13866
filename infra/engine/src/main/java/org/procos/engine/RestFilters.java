package org.procos.engine;

import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import org.operaton.bpm.engine.rest.filter.CacheControlFilter;
import org.operaton.bpm.engine.rest.filter.EmptyBodyFilter;
import org.springframework.boot.web.servlet.ServletContextInitializer;

/** The two filters that are part of the REST contract: empty request bodies are allowed, answers are not cached. */
final class RestFilters implements ServletContextInitializer {

  @Override
  public void onStartup(ServletContext context) {
    register(context, "EmptyBodyFilter", new EmptyBodyFilter());
    register(context, "CacheControlFilter", new CacheControlFilter());
  }

  private static void register(ServletContext context, String name, Filter filter) {
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/engine-rest/*");
  }
}
