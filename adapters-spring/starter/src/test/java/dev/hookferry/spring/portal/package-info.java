/** Tests of the customers' portal within an application. */
package dev.hookferry.spring.portal;
