package org.procos.engine;

import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** Starts the engine. The environment decides everything (see README.md); nothing secret is taken from the command line. */
public final class EngineMain {

  /** Exit code for an environment the engine refuses to boot in. */
  static final int EXIT_BAD_ENVIRONMENT = 2;

  /** Exit code for a boot that failed; Spring Boot has told why by then. */
  static final int EXIT_BOOT_FAILED = 1;

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
    EngineLog.install();
    EngineBoot boot = EngineBoot.begin(environment);
    // Spring Boot would warm up parts in a third thread that this server does not use.
    System.setProperty("spring.backgroundpreinitializer.ignore", "true");
    SpringApplication application = new SpringApplication(EngineApplication.class);
    application.setLazyInitialization(true);
    application.addInitializers((ApplicationContextInitializer<GenericApplicationContext>) context -> {
      context.registerBean(EngineEnvironment.class, () -> environment);
      context.registerBean(EngineBoot.class, () -> boot);
    });
    String address;
    try {
      address = application.run(args).getBean(EngineAddress.class).toString();
    } catch (RuntimeException alreadyReported) {
      boot.abandon();
      System.exit(EXIT_BOOT_FAILED);
      return;
    }
    LoggerFactory.getLogger(EngineMain.class).info("engine ready: {} after {} ms", address, (System.nanoTime() - startedAt) / 1_000_000);
  }
}
