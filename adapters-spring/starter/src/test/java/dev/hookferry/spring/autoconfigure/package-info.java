/** Tests of the starter, compiled and run on Spring Boot 3 and on Spring Boot 4. */
package dev.hookferry.spring.autoconfigure;
