package org.procos.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the environment says, read once.
 *
 * @param user the only account of the REST API
 * @param password its password; comes from the environment, never from the command line, where other users could read it
 * @param database where the engine keeps its state
 * @param refuseEmbeddedCode whether models that carry code of their own are refused at deployment
 * @param stopWithStdin whether the end of the standard input stops the engine, so that it cannot outlive its starter
 */
record EngineEnvironment(String user, String password, Database database, boolean refuseEmbeddedCode, boolean stopWithStdin) {

  /** Where the state lives. The credentials are those of the database, not of the REST API. */
  record Database(Kind kind, String url, String user, String password, Path folder) {

    enum Kind { H2_FILE, H2_MEMORY, POSTGRESQL }
  }

  private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /**
   * Every commit is in the operating system's hands before it is acknowledged (WRITE_DELAY=0), so a killed process loses
   * nothing; {@link H2Housekeeping} does what H2 then leaves undone. The database is closed by the engine, not by an exit hook
   * that races with it, and no second process may open it.
   */
  private static final String H2_OPTIONS =
      ";DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0;RETENTION_TIME=5000;AUTO_SERVER=FALSE;TRACE_LEVEL_FILE=0";

  static EngineEnvironment read(Map<String, String> variables) throws BadEnvironmentException {
    List<String> faults = new ArrayList<>();
    String user = variables.getOrDefault("PROCOS_ENGINE_USER", "");
    String password = variables.getOrDefault("PROCOS_ENGINE_PASSWORD", "");
    if (!USER_NAME.matcher(user).matches()) {
      faults.add("PROCOS_ENGINE_USER must name the account of the REST API (letters, digits, '.', '_' and '-', at most 64)");
    }
    if (password.isBlank()) {
      faults.add("PROCOS_ENGINE_PASSWORD must hold the password of that account; the REST API is never open");
    }
    Database database = readDatabase(variables, faults);
    boolean refuseEmbeddedCode = readSwitch(variables, "PROCOS_ENGINE_REFUSE_EMBEDDED_CODE", true, faults);
    boolean stopWithStdin = readSwitch(variables, "PROCOS_ENGINE_STOP_WITH_STDIN", false, faults);
    if (!faults.isEmpty()) {
      throw new BadEnvironmentException(faults);
    }
    return new EngineEnvironment(user, password, database, refuseEmbeddedCode, stopWithStdin);
  }

  private static Database readDatabase(Map<String, String> variables, List<String> faults) {
    String url = variables.getOrDefault("CAMUNDA_DB_URL", "");
    String folder = variables.getOrDefault("PROCOS_ENGINE_DATA_DIR", "");
    boolean inMemory = readSwitch(variables, "PROCOS_ENGINE_IN_MEMORY", false, faults);
    if ((url.isBlank() ? 0 : 1) + (folder.isBlank() ? 0 : 1) + (inMemory ? 1 : 0) != 1) {
      faults.add("exactly one of PROCOS_ENGINE_DATA_DIR (folder of the H2 file), CAMUNDA_DB_URL (PostgreSQL) "
          + "and PROCOS_ENGINE_IN_MEMORY=true (nothing survives a restart) must be set");
      return null;
    }
    if (inMemory) {
      return new Database(Database.Kind.H2_MEMORY, "jdbc:h2:mem:engine;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE", "sa", "", null);
    }
    if (!folder.isBlank()) {
      return h2File(folder, faults);
    }
    return postgresql(url, variables, faults);
  }

  private static Database h2File(String folder, List<String> faults) {
    if (folder.contains(";")) {
      faults.add("PROCOS_ENGINE_DATA_DIR must not contain ';' (H2 would read what follows as options): " + folder);
      return null;
    }
    Path absolute = Path.of(folder).toAbsolutePath().normalize();
    return new Database(Database.Kind.H2_FILE, "jdbc:h2:file:" + absolute.resolve("engine") + H2_OPTIONS, "sa", "", absolute);
  }

  private static Database postgresql(String url, Map<String, String> variables, List<String> faults) {
    String user = variables.getOrDefault("CAMUNDA_DB_USER", "");
    String password = variables.getOrDefault("CAMUNDA_DB_PASSWORD", "");
    if (!url.startsWith("jdbc:postgresql:")) {
      faults.add("CAMUNDA_DB_URL must be a PostgreSQL URL such as jdbc:postgresql://127.0.0.1:5432/camunda");
    }
    if (user.isBlank()) {
      faults.add("CAMUNDA_DB_USER must name the account of the database in CAMUNDA_DB_URL");
    }
    return new Database(Database.Kind.POSTGRESQL, url, user, password, null);
  }

  private static boolean readSwitch(Map<String, String> variables, String name, boolean byDefault, List<String> faults) {
    String value = variables.getOrDefault(name, "");
    if (!value.isEmpty() && !value.equals("true") && !value.equals("false")) {
      faults.add(name + " must be true or false, not '" + value + "'");
    }
    return value.isEmpty() ? byDefault : value.equals("true");
  }

  /** Without the secrets: this may reach a log. */
  @Override
  public String toString() {
    return "EngineEnvironment[user=" + user + ", database=" + (database == null ? null : database.kind()) + "]";
  }
}
