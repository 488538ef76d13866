package org.procos.engine;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Logging, set up before anything else runs: warnings of all, and what this package has to say, one line each on the
 * standard output. Found by Logback through the service loader.
 */
public final class EngineLog extends ContextAwareBase implements Configurator {

  private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{36} : %msg%n";

  /** Makes this the only set-up of logging: Spring Boot's own would come too late and replace it. */
  static void install() {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    LoggerFactory.getILoggerFactory();
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    java.util.logging.Logger.getLogger("").setLevel(java.util.logging.Level.WARNING);
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(PATTERN);
    encoder.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setEncoder(encoder);
    console.start();
    context.getLogger("ROOT").setLevel(Level.toLevel(System.getenv("PROCOS_ENGINE_LOG_LEVEL"), Level.WARN));
    context.getLogger("ROOT").addAppender(console);
    context.getLogger("org.procos").setLevel(Level.INFO);
    // Says at each boot that it cannot describe the REST API in a format that nobody asks for.
    context.getLogger("org.glassfish.jersey.server.wadl.WadlFeature").setLevel(Level.ERROR);
    // Repeats at length what the failure analysis says in short.
    context.getLogger("org.springframework.boot.web.servlet.context").setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
