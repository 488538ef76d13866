package org.procos.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.procos.engine.EngineEnvironment.Database;

/** Opens the connection pool of the engine. */
final class EngineDatabase {

  /** Enough for the request threads that are inside a command at once on a small machine, and the job executor. */
  private static final int MAX_CONNECTIONS = 16;

  private EngineDatabase() {
  }

  static HikariDataSource open(Database database) {
    if (database.folder() != null) {
      createPrivateFolder(database.folder());
    }
    HikariConfig pool = new HikariConfig();
    pool.setPoolName("engine");
    pool.setJdbcUrl(database.url());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(MAX_CONNECTIONS);
    pool.setMinimumIdle(2);
    // A database that is away is told to the caller before his own patience ends.
    pool.setConnectionTimeout(10_000);
    pool.setAutoCommit(false);
    pool.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    return new HikariDataSource(pool);
  }

  /** The state holds everything the processes know: nobody but the owner may read it. */
  private static void createPrivateFolder(Path folder) {
    try {
      boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
      if (posix && !Files.exists(folder)) {
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectories(folder);
      }
    } catch (IOException cause) {
      throw new UncheckedIOException("PROCOS_ENGINE_DATA_DIR cannot be created or is no folder: " + folder, cause);
    }
  }
}
