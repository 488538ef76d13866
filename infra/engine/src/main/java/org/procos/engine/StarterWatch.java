package org.procos.engine;

import java.io.IOException;

/** Stops the engine in an orderly way when its standard input ends, which is when the process that started it has gone. */
final class StarterWatch {

  private StarterWatch() {
  }

  static void start() {
    Thread watch = new Thread(StarterWatch::stopAtEndOfInput, "starter-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void stopAtEndOfInput() {
    try {
      while (System.in.read() != -1) {
        // What is written to the engine has no meaning; only the end counts.
      }
    } catch (IOException inputIsGone) {
      System.err.println("standard input failed, stopping: " + inputIsGone.getMessage());
    }
    System.exit(0);
  }
}
