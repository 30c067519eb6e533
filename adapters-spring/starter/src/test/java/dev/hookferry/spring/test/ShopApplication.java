package dev.hookferry.spring.test;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** A shop. */
@SpringBootApplication
class ShopApplication {}
