/**
 * Auto-configuration: makes Hookferry's beans from the properties {@code hookferry.*}, starts and
 * stops them with the application. Not for direct use; what an application calls or replaces is in
 * {@code dev.hookferry.spring}.
 */
@NullMarked
package dev.hookferry.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
