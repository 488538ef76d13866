package stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class StockEngine {

  public static void main(String[] args) {
    SpringApplication.run(StockEngine.class, args);
  }
}
