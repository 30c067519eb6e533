package dev.hookferry.spring.test;

import java.net.URI;
import org.springframework.stereotype.Component;

/** A component that a test of webhooks could not create: nothing gives it its server. */
@Component
record MailSender(URI server) {}
