package org.procos.engine;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.zaxxer.hikari.HikariDataSource;
import org.apache.ibatis.logging.LogFactory;
import org.operaton.bpm.engine.ProcessEngine;
import org.springframework.context.SmartLifecycle;

/**
 * Opens the database and builds the engine, beside the web server that is being set up meanwhile: each takes about half of
 * the boot. As a part of the application's life cycle it is finished before the web server takes its first connection, and
 * stops after it has closed its last.
 */
final class EngineBoot implements SmartLifecycle {

  private final CompletableFuture<Running> running = new CompletableFuture<>();
  private volatile boolean started;

  private record Running(HikariDataSource dataSource, ProcessEngine engine, H2Housekeeping housekeeping) {
  }

  /** Begins to boot in a thread of its own. */
  static EngineBoot begin(EngineEnvironment environment) {
    EngineBoot boot = new EngineBoot();
    new Thread(() -> boot.build(environment), "engine-boot").start();
    return boot;
  }

  private void build(EngineEnvironment environment) {
    try {
      ChildPathFactory.install();
      // One logger for each of two thousand SQL statements costs more than it tells.
      LogFactory.useNoLogging();
      HikariDataSource dataSource = EngineDatabase.open(environment.database());
      ProcessEngine engine = EngineConfiguration.create(environment, dataSource).buildProcessEngine();
      boolean onFile = environment.database().kind() == EngineEnvironment.Database.Kind.H2_FILE;
      running.complete(new Running(dataSource, engine, onFile ? H2Housekeeping.begin(dataSource) : null));
    } catch (Throwable failure) {
      running.completeExceptionally(failure);
    }
  }

  /** The engine, as soon as there is one. */
  ProcessEngine engine() {
    return running.join().engine();
  }

  @Override
  public void start() {
    try {
      running.join();
      started = true;
    } catch (CompletionException failure) {
      throw new EngineBootException(failure.getCause());
    }
  }

  @Override
  public void stop() {
    started = false;
    close(running.join());
  }

  /** Closes what there is after a boot that failed elsewhere. */
  void abandon() {
    running.thenAccept(EngineBoot::close);
  }

  private static void close(Running parts) {
    parts.engine().close();
    if (parts.housekeeping() != null) {
      parts.housekeeping().close();
    }
    parts.dataSource().close();
  }

  @Override
  public boolean isRunning() {
    return started;
  }

  /** Before the web server, whose phase is near the highest. */
  @Override
  public int getPhase() {
    return 0;
  }
}
