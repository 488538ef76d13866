package org.procos.engine;

import java.io.UncheckedIOException;
import java.sql.SQLException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Turns a failed boot into a cause and a remedy. */
final class BootFailureAnalyzer extends AbstractFailureAnalyzer<EngineBootException> {

  private static final int H2_ALREADY_OPEN = 90020;
  private static final int H2_FILE_CORRUPTED = 90030;
  private static final int H2_IO_FAILED = 90031;

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, EngineBootException failure) {
    UncheckedIOException folder = findCause(failure, UncheckedIOException.class);
    if (folder != null) {
      return new FailureAnalysis(folder.getMessage() + " (" + folder.getCause().getClass().getSimpleName() + ")",
          "Name a folder that this user may create and write to.", failure);
    }
    SQLException database = findCause(failure, SQLException.class);
    if (database != null) {
      return new FailureAnalysis("The engine's database cannot be opened: " + database.getMessage(), remedy(database), failure);
    }
    return new FailureAnalysis(failure.getMessage(), "See the cause below.", failure);
  }

  private static String remedy(SQLException database) {
    String state = String.valueOf(database.getSQLState());
    if (database.getErrorCode() == H2_ALREADY_OPEN) {
      return "Another engine is using this data folder. Stop it, or give this one a PROCOS_ENGINE_DATA_DIR of its own.";
    }
    if (database.getErrorCode() == H2_FILE_CORRUPTED || database.getErrorCode() == H2_IO_FAILED) {
      return "The file is damaged, unreadable or not writable. Check its permissions and the free space, or restore it from a backup.";
    }
    if (state.startsWith("08")) {
      return "Nothing answers at CAMUNDA_DB_URL. Check the address and that the database is running.";
    }
    if (state.startsWith("28")) {
      return "The database refuses the account. Check CAMUNDA_DB_USER and CAMUNDA_DB_PASSWORD.";
    }
    return "Check PROCOS_ENGINE_DATA_DIR or CAMUNDA_DB_URL, CAMUNDA_DB_USER and CAMUNDA_DB_PASSWORD.";
  }
}
