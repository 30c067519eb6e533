/** Tests with Spring Modulith. */
package dev.hookferry.spring.modulith;
