package org.procos.engine;

import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;

/** Where the engine answers, once its web server has started. */
final class EngineAddress {

  private final ApplicationContext context;
  private final EngineProduct product;

  EngineAddress(ApplicationContext context, EngineProduct product) {
    this.context = context;
    this.product = product;
  }

  @Override
  public String toString() {
    Environment settings = context.getEnvironment();
    int port = ((WebServerApplicationContext) context).getWebServer().getPort();
    return product.name() + " " + product.version() + " at http://" + settings.getProperty("server.address") + ":" + port + "/engine-rest";
  }
}
