package org.procos.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.operaton.bpm.engine.ProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.operaton.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.operaton.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.operaton.bpm.engine.impl.jobexecutor.DefaultJobExecutor;
import org.operaton.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.operaton.spin.plugin.impl.SpinProcessEnginePlugin;
import org.procos.engine.EngineEnvironment.Database;

/** Everything that is set on the engine, in one place. */
final class EngineConfiguration {

  private EngineConfiguration() {
  }

  static ProcessEngineConfigurationImpl create(EngineEnvironment environment, DataSource dataSource) {
    StandaloneProcessEngineConfiguration configuration = new StandaloneProcessEngineConfiguration();
    configuration.setProcessEngineName("default");
    configuration.setIdGenerator(new StrongUuidGenerator());
    // The caller is told what went wrong; a stack trace for each refused request would only fill the log.
    configuration.setEnableCmdExceptionLogging(false);
    keepState(configuration, environment.database(), dataSource);
    keepHistory(configuration);
    harden(configuration);
    runJobs(configuration);
    // Before the plugins, which would put a serialiser that cannot read JSON in its place.
    configuration.setCustomPreVariableSerializers(List.of(new JsonObjectSerializer()));

    if (environment.refuseEmbeddedCode()) {
      configuration.setCustomPreBPMNParseListeners(new ArrayList<>(List.of(new EmbeddedCodeBan())));
    }
    List<ProcessEnginePlugin> plugins = new ArrayList<>();
    plugins.add(new SpinProcessEnginePlugin());
    plugins.add(new ServiceAccountPlugin(environment.user(), environment.password()));
    configuration.setProcessEnginePlugins(plugins);
    return configuration;
  }

  private static void keepState(ProcessEngineConfigurationImpl configuration, Database database, DataSource dataSource) {
    configuration.setDataSource(dataSource);
    configuration.setDatabaseSchemaUpdate(ProcessEngineConfiguration.DB_SCHEMA_UPDATE_TRUE);
    configuration.setDatabaseType(database.kind() == Database.Kind.POSTGRESQL ? "postgres" : "h2");
    configuration.setJdbcBatchProcessing(true);
  }

  /** The whole history is kept: it is the outbox of the events. Each model says for how long (historyTimeToLive). */
  private static void keepHistory(ProcessEngineConfigurationImpl configuration) {
    configuration.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
    configuration.setEnforceHistoryTimeToLive(true);
    configuration.setHistoryCleanupBatchWindowStartTime("03:00");
    configuration.setHistoryCleanupBatchWindowEndTime("05:00");
  }

  /** Whoever may deploy a model or send a query must not thereby run code on this machine or read its files. */
  private static void harden(ProcessEngineConfigurationImpl configuration) {
    configuration.setEnableXxeProcessing(false);
    configuration.setEnableScriptEngineLoadExternalResources(false);
    configuration.setConfigureScriptEngineHostAccess(false);
    configuration.setEnableScriptEngineNashornCompatibility(false);
    configuration.setEnableFetchScriptEngineFromProcessApplication(false);
    configuration.setEnableExpressionsInAdhocQueries(false);
    configuration.setEnableExpressionsInStoredQueries(false);
    configuration.setJavaSerializationFormatEnabled(false);
    configuration.setDefaultSerializationFormat("application/json");
    configuration.setDeserializationTypeValidationEnabled(true);
    configuration.setExpressionManager(new GuardedExpressions());
    configuration.setBeans(Map.of());
    // Case models could carry classes and scripts too, and nothing here uses them.
    configuration.setCmmnEnabled(false);
    // Counted in memory, since this boot, so that the REST API can answer; nothing is reported to anyone, no meter rows are written.
    configuration.setMetricsEnabled(true);
    configuration.setDbMetricsReporterActivate(false);
    configuration.setTaskMetricsEnabled(false);
    configuration.setHistoryCleanupMetricsEnabled(false);
    configuration.setUserResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9._-]*");
  }

  /** Timers are due to the second and asynchronous steps go on at once; an idle engine asks its database once a second. */
  private static void runJobs(ProcessEngineConfigurationImpl configuration) {
    DefaultJobExecutor jobExecutor = new DefaultJobExecutor();
    jobExecutor.setCorePoolSize(2);
    jobExecutor.setMaxPoolSize(4);
    jobExecutor.setQueueSize(16);
    jobExecutor.setMaxJobsPerAcquisition(8);
    jobExecutor.setWaitTimeInMillis(250);
    jobExecutor.setMaxWait(1_000);
    jobExecutor.setBackoffTimeInMillis(25);
    jobExecutor.setMaxBackoff(1_000);
    // What an engine had taken when it was killed waits that long for another one; five minutes unless told otherwise.
    jobExecutor.setLockTimeInMillis(30_000);
    configuration.setJobExecutor(jobExecutor);
    configuration.setJobExecutorActivate(true);
  }
}
