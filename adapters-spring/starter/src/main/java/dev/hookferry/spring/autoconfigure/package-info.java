/**
 * Auto-configuration: creates Hookferry's beans from the properties {@code hookferry.*}, and starts
 * and stops them with the application. Not for direct use; the API for applications is in {@code
 * dev.hookferry.spring}.
 */
@NullMarked
package dev.hookferry.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
