package io.gatehouse.access;

import io.gatehouse.api.StartRefused;

/** The permission table is wrong, or does not say who may do something that the application can do; it does not start. */
public class PermissionTableException extends StartRefused {

    public PermissionTableException(String message) {
        super(message);
    }
}
