package dev.hookferry.spring.test;

import java.net.URI;
import org.springframework.stereotype.Component;

/** A component that a test of webhooks cannot create, because its server is not configured. */
@Component
record MailSender(URI server) {}
