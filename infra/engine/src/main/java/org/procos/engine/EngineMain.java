package org.procos.engine;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the engine. The environment decides everything (see README.md); nothing secret is taken from the command line. */
public final class EngineMain {

  /** Exit code for an environment the engine refuses to boot in. */
  static final int EXIT_BAD_ENVIRONMENT = 2;

  private EngineMain() {
  }

  public static void main(String[] args) {
    long startedAt = System.nanoTime();
    EngineEnvironment environment;
    try {
      environment = EngineEnvironment.read(System.getenv());
    } catch (BadEnvironmentException refused) {
      System.err.println(refused.getMessage());
      System.exit(EXIT_BAD_ENVIRONMENT);
      return;
    }
    if (environment.stopWithStdin()) {
      StarterWatch.start();
    }
    SpringApplication application = new SpringApplication(EngineApplication.class);
    application.setLazyInitialization(true);
    application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context ->
        context.registerBean(EngineEnvironment.class, () -> environment));
    String address = application.run(args).getBean(EngineAddress.class).toString();
    LoggerFactory.getLogger(EngineMain.class).info("engine ready: {} after {} ms", address, (System.nanoTime() - startedAt) / 1_000_000);
  }
}
