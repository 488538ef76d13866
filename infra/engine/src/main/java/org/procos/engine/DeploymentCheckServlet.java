package org.procos.engine;

import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Tells the account what a deployment would be refused for; nothing of it is kept.
 *
 * <p>{@code POST} of {@code {"name": …, "resources": [{"name": "a.bpmn", "content": …}]}} is answered with
 * {@code {"problems": […]}}, see {@link DeploymentProblem}; an empty list means that the engine would take it.
 */
final class DeploymentCheckServlet extends HttpServlet {

  static final String PATH = "/procos/deployment-check";

  /** Of the request, in bytes: more than any deployment that the gateway takes, with the drawing that it adds. */
  private static final int MAX_BODY = 32 * 1024 * 1024;
  private static final int MAX_RESOURCES = 200;
  private static final long serialVersionUID = 1L;

  private final transient EngineBoot boot;
  private final transient ObjectMapper json = new ObjectMapper();

  DeploymentCheckServlet(EngineBoot boot) {
    this.boot = boot;
  }

  private record Resource(String name, String content) {
  }

  private record Deployment(String name, List<Resource> resources) {
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
    // Pages of other origins may send anything else without being asked.
    if (request.getContentType() == null || !request.getContentType().toLowerCase().startsWith("application/json")) {
      refuse(response, HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "The content type must be application/json");
      return;
    }
    byte[] body = request.getInputStream().readNBytes(MAX_BODY + 1);
    if (body.length > MAX_BODY) {
      refuse(response, HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE, "A deployment may have " + MAX_BODY + " bytes");
      return;
    }
    Deployment deployment;
    Map<String, String> resources;
    try {
      deployment = json.readValue(body, Deployment.class);
      resources = resourcesOf(deployment);
    } catch (JsonProcessingException | IllegalArgumentException malformed) {
      String reason = malformed instanceof JsonProcessingException parse ? parse.getOriginalMessage() : malformed.getMessage();
      refuse(response, HttpServletResponse.SC_BAD_REQUEST, "No deployment could be read: " + reason);
      return;
    }
    answer(response, HttpServletResponse.SC_OK, Map.of("problems", new DeploymentCheck(boot.engine()).check(deployment.name(), resources)));
  }

  private static Map<String, String> resourcesOf(Deployment deployment) {
    List<Resource> resources = deployment == null ? null : deployment.resources();
    if (resources == null || resources.isEmpty() || resources.size() > MAX_RESOURCES) {
      throw new IllegalArgumentException("between 1 and " + MAX_RESOURCES + " resources are needed");
    }
    Map<String, String> byName = new LinkedHashMap<>();
    for (Resource resource : resources) {
      if (resource == null || resource.name() == null || resource.name().isBlank() || resource.content() == null) {
        throw new IllegalArgumentException("each resource needs a name and a content");
      }
      if (byName.put(resource.name(), resource.content()) != null) {
        throw new IllegalArgumentException("two resources have the name " + resource.name());
      }
    }
    return byName;
  }

  private void refuse(HttpServletResponse response, int status, String message) throws IOException {
    Map<String, Object> told = new HashMap<>();
    told.put("type", "InvalidRequestException");
    told.put("message", message);
    answer(response, status, told);
  }

  private void answer(HttpServletResponse response, int status, Object body) throws IOException {
    response.setStatus(status);
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    json.writeValue(response.getOutputStream(), body);
  }
}
