package org.procos.engine;

import org.operaton.bpm.engine.rest.impl.FetchAndLockContextListener;
import org.springframework.context.SmartLifecycle;

/**
 * Answers the long polls that are still waiting when the engine stops, before the web server waits for its open requests:
 * otherwise every orderly stop would last as long as the longest poll.
 */
final class PendingPolls implements SmartLifecycle {

  private volatile boolean running;

  @Override
  public void start() {
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    FetchAndLockContextListener.getFetchAndLockHandler().shutdown();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** The highest phase is stopped first. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
