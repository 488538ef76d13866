package org.procos.engine;

/** Thrown when the engine cannot be built on its database; {@link BootFailureAnalyzer} says what to do about it. */
final class EngineBootException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EngineBootException(Throwable cause) {
    super("The engine could not be built: " + cause.getMessage(), cause);
  }
}
