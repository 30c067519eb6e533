/** Tests of the test support, with a small shop as the application. */
package dev.hookferry.spring.test;
