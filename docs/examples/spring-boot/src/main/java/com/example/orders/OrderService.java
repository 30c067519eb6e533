package com.example.orders;

import dev.hookferry.spring.WebhookPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Stores orders, and announces each one in the same transaction. */
@Service
public class OrderService {
  /** Payload of the event, sent as JSON. */
  public record Order(long id, String item) {}

  private final JdbcClient jdbc;
  private final WebhookPublisher webhooks;

  public OrderService(JdbcClient jdbc, WebhookPublisher webhooks) {
    this.jdbc = jdbc;
    this.webhooks = webhooks;
  }

  @Transactional
  public Order place(String customer, String item) {
    GeneratedKeyHolder key = new GeneratedKeyHolder();
    jdbc.sql("INSERT INTO orders (item) VALUES (:item)").param("item", item).update(key, "id");
    Order order = new Order(key.getKeyAs(Number.class).longValue(), item);
    webhooks.publish(webhooks.event("order_created", order).label("customer", customer));
    if (item.isBlank()) {
      // Rolls back the row and the event: nothing is sent.
      throw new IllegalArgumentException("item must not be blank");
    }
    return order;
  }
}
