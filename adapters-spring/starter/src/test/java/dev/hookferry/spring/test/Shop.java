package dev.hookferry.spring.test;

import dev.hookferry.id.EventId;
import dev.hookferry.spring.WebhookPublisher;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders and announces them. */
@Service
class Shop {
  private final WebhookPublisher publisher;

  Shop(WebhookPublisher publisher) {
    this.publisher = publisher;
  }

  @Transactional
  EventId order(String item) {
    EventId id = publisher.publish("order_created", Map.of("item", item));
    if (item.equals("unicorn")) {
      throw new IllegalArgumentException("sold out");
    }
    return id;
  }

  EventId orderWithoutTransaction(String item) {
    return publisher.publish("order_created", Map.of("item", item));
  }

  @Transactional
  EventId mistype(String item) {
    return publisher.publish("order_craeted", Map.of("item", item));
  }
}
