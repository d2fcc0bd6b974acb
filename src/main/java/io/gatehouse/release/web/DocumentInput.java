package io.gatehouse.release.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;

/** A document as somebody writes it. */
record DocumentInput(@NotBlank @Size(max = 100_000) String text) {}
