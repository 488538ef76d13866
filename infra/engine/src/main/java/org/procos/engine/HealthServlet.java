package org.procos.engine;

import java.io.IOException;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.LoggerFactory;

/** Says whether the engine can reach its state; open to all, so it says nothing else. */
final class HealthServlet extends HttpServlet {

  static final String PATH = "/procos/health";

  private static final long serialVersionUID = 1L;

  private final transient EngineBoot boot;

  HealthServlet(EngineBoot boot) {
    this.boot = boot;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    boolean up = canReachItsState();
    response.setStatus(up ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(up ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
  }

  private boolean canReachItsState() {
    try {
      boot.engine().getManagementService().getProperties();
      return true;
    } catch (RuntimeException unreachable) {
      LoggerFactory.getLogger(HealthServlet.class).error("the engine cannot reach its state", unreachable);
      return false;
    }
  }
}
