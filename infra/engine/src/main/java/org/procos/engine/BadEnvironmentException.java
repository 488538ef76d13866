package org.procos.engine;

import java.util.List;

/** Thrown when the environment names no usable configuration. Carries every fault at once, so that one look mends all. */
final class BadEnvironmentException extends Exception {

  private static final long serialVersionUID = 1L;

  BadEnvironmentException(List<String> faults) {
    super("The engine does not start, its environment is not usable:\n  - " + String.join("\n  - ", faults));
  }
}
