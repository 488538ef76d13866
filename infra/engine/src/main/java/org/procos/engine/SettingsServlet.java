package org.procos.engine;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.jobexecutor.JobExecutor;

/** Tells the account what is in force, read from the running engine and web server, not from what they were asked to be. */
final class SettingsServlet extends HttpServlet {

  static final String PATH = "/procos/settings";

  private static final long serialVersionUID = 1L;

  private final transient EngineBoot boot;
  private final transient EngineEnvironment environment;
  private final transient EngineProduct product;

  SettingsServlet(EngineBoot boot, EngineEnvironment environment, EngineProduct product) {
    this.boot = boot;
    this.environment = environment;
    this.product = product;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    ProcessEngineConfigurationImpl configuration = (ProcessEngineConfigurationImpl) boot.engine().getProcessEngineConfiguration();
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("product", product.name());
    settings.put("version", product.version());
    settings.put("database", environment.database().kind().name().toLowerCase().replace('_', '-'));
    settings.put("engine", engineSettings(configuration));
    settings.put("jobExecutor", jobExecutorSettings(configuration.getJobExecutor()));
    settings.put("web", webSettings(request.getServletContext()));
    response.setContentType("application/json");
    response.setHeader("Cache-Control", "no-store");
    new ObjectMapper().writeValue(response.getOutputStream(), settings);
  }

  private static Map<String, Object> engineSettings(ProcessEngineConfigurationImpl configuration) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("enableXxeProcessing", configuration.isEnableXxeProcessing());
    settings.put("enableScriptEngineLoadExternalResources", configuration.isEnableScriptEngineLoadExternalResources());
    settings.put("configureScriptEngineHostAccess", configuration.isConfigureScriptEngineHostAccess());
    settings.put("enableScriptEngineNashornCompatibility", configuration.isEnableScriptEngineNashornCompatibility());
    settings.put("enableExpressionsInAdhocQueries", configuration.isEnableExpressionsInAdhocQueries());
    settings.put("enableExpressionsInStoredQueries", configuration.isEnableExpressionsInStoredQueries());
    settings.put("javaSerializationFormatEnabled", configuration.isJavaSerializationFormatEnabled());
    settings.put("deserializationTypeValidationEnabled", configuration.isDeserializationTypeValidationEnabled());
    settings.put("defaultSerializationFormat", configuration.getDefaultSerializationFormat());
    settings.put("beansInExpressions", configuration.getBeans().size());
    settings.put("expressionGuard", configuration.getExpressionManager() instanceof GuardedExpressions);
    settings.put("refuseEmbeddedCode", configuration.getCustomPreBPMNParseListeners() != null
        && configuration.getCustomPreBPMNParseListeners().stream().anyMatch(EmbeddedCodeBan.class::isInstance));
    settings.put("cmmnEnabled", configuration.isCmmnEnabled());
    settings.put("historyLevel", configuration.getHistoryLevel().getName());
    settings.put("enforceHistoryTimeToLive", configuration.isEnforceHistoryTimeToLive());
    settings.put("historyCleanupWindow",
        configuration.getHistoryCleanupBatchWindowStartTime() + "-" + configuration.getHistoryCleanupBatchWindowEndTime());
    settings.put("metricsEnabled", configuration.isMetricsEnabled());
    settings.put("dbMetricsReporterActivate", configuration.isDbMetricsReporterActivate());
    settings.put("taskMetricsEnabled", configuration.isTaskMetricsEnabled());
    settings.put("authorizationEnabled", configuration.isAuthorizationEnabled());
    return settings;
  }

  private static Map<String, Object> jobExecutorSettings(JobExecutor jobExecutor) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("active", jobExecutor.isActive());
    settings.put("waitTimeInMillis", jobExecutor.getWaitTimeInMillis());
    settings.put("maxWaitInMillis", jobExecutor.getMaxWait());
    settings.put("lockTimeInMillis", jobExecutor.getLockTimeInMillis());
    return settings;
  }

  private static Map<String, Object> webSettings(ServletContext context) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("fetchAndLockUniqueWorkerRequest", Boolean.valueOf(context.getInitParameter(EngineApplication.UNIQUE_WORKER_REQUEST)));
    settings.put("fetchAndLockQueueCapacity", Integer.valueOf(context.getInitParameter(EngineApplication.POLL_CAPACITY)));
    Map<String, Object> filters = new LinkedHashMap<>();
    context.getFilterRegistrations().forEach((name, filter) -> filters.put(name, filter.getUrlPatternMappings()));
    settings.put("filters", filters);
    Map<String, Object> servlets = new LinkedHashMap<>();
    context.getServletRegistrations().forEach((name, servlet) -> servlets.put(name, servlet.getMappings()));
    settings.put("servlets", servlets);
    return settings;
  }
}
