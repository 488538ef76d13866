import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.camunda.bpm.client.ExternalTaskClient;
import org.camunda.bpm.client.interceptor.auth.BasicAuthProvider;

public final class CountWordsWorker {
  public static void main(String[] args) {
    ExternalTaskClient client = ExternalTaskClient.create()
        .baseUrl(environment("CAMUNDA_URL", "http://127.0.0.1:8080/engine-rest"))
        .workerId("count-words-" + UUID.randomUUID())
        .addInterceptor(new BasicAuthProvider(environment("PROCOS_ENGINE_USER", "procos"), System.getenv("PROCOS_ENGINE_PASSWORD")))
        .asyncResponseTimeout(10_000)
        .lockDuration(15_000)
        .disableBackoffStrategy()
        .build();

    client.subscribe("count_words_java")
        .variables("text")
        .handler((task, service) -> {
          String text = task.getVariable("text");
          service.complete(task, Map.of("words_java", text.trim().split("\\s+").length));
        })
        .open();
  }

  private static String environment(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  private CountWordsWorker() {}
}
