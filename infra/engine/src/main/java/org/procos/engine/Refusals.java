package org.procos.engine;

import java.util.LinkedHashSet;
import java.util.Set;

/** Puts a refusal and its causes into one sentence each: the engine often tells the reason in a cause alone. */
final class Refusals {

  private static final int MAX_CAUSES = 5;
  private static final int MAX_LENGTH = 1_000;

  private Refusals() {
  }

  static String told(Throwable refusal) {
    Set<String> messages = new LinkedHashSet<>();
    Throwable cause = refusal;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
      String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage().strip();
      // Wrappers repeat what they wrap.
      if (messages.stream().noneMatch(told -> told.contains(message))) {
        messages.add(message);
      }
    }
    String all = String.join(": ", messages);
    return all.length() > MAX_LENGTH ? all.substring(0, MAX_LENGTH) + "…" : all;
  }
}
