package com.example.orders;

import com.example.orders.OrderService.Order;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes orders: {@code curl -X POST 'http://127.0.0.1:8080/orders?customer=customer-7&item=tea'}.
 */
@SpringBootApplication
public class OrderApplication {
  public static void main(String[] args) {
    SpringApplication.run(OrderApplication.class, args);
  }

  @RestController
  record OrderController(OrderService orders) {
    @PostMapping("/orders")
    Order place(@RequestParam String customer, @RequestParam String item) {
      return orders.place(customer, item);
    }
  }
}
