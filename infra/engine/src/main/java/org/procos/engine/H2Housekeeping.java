package org.procos.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStore;
import org.slf4j.LoggerFactory;

/**
 * Keeps the H2 file small and on the disk.
 *
 * <p>H2 appends the changed pages of each commit, about a hundred kilobytes for a task, and leaves it to a background thread
 * to write what is still alive of old pieces together. That thread does not run when every commit is written at once
 * (WRITE_DELAY=0): without this one the file grows by gigabytes in an hour of work. Once a second it also has the operating
 * system write the file out, so that a power failure costs a second at most.
 */
final class H2Housekeeping implements AutoCloseable {

  private static final long EVERY_MILLIS = 1_000;
  private static final long SMALL_FILE_BYTES = 16L << 20;
  /** Share of live pages, in percent, below which pieces are written together. */
  private static final int TARGET_FILL = 50;
  /** Most that is rewritten in one go, so that no request waits long for it. */
  private static final int BYTES_AT_ONCE = 8 << 20;

  private final MVStore store;
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long syncedVersion = -1;

  private H2Housekeeping(MVStore store) {
    this.store = store;
    this.thread = new Thread(this::work, "h2-housekeeping");
    this.thread.setDaemon(true);
  }

  static H2Housekeeping begin(DataSource dataSource) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      SessionLocal session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
      H2Housekeeping housekeeping = new H2Housekeeping(session.getDatabase().getStore().getMvStore());
      housekeeping.thread.start();
      return housekeeping;
    }
  }

  private void work() {
    try {
      while (!stopped.await(EVERY_MILLIS, TimeUnit.MILLISECONDS) && !store.isClosed()) {
        long version = store.getCurrentVersion();
        if (version != syncedVersion) {
          store.sync();
          syncedVersion = version;
        }
        FileStore<?> file = store.getFileStore();
        if (file.size() > SMALL_FILE_BYTES && file.getChunksFillRate() < TARGET_FILL) {
          store.compact(TARGET_FILL, BYTES_AT_ONCE);
        }
      }
    } catch (InterruptedException nobodyInterruptsThis) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      // Nothing is lost by it: the state is written by the commits, not by this thread.
      LoggerFactory.getLogger(H2Housekeeping.class).error("the H2 file is no longer kept small until the next start", failure);
    }
  }

  /**
   * Waits for the piece of work under way; to be called before the database is closed. The thread is not interrupted: an
   * interrupt during input or output closes the file for everyone.
   */
  @Override
  public void close() {
    stopped.countDown();
    try {
      thread.join(EVERY_MILLIS * 10);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
