package io.gatehouse.access;

/** The permission table is wrong, or does not say who may do something that the application can do; it does not start. */
public class PermissionTableException extends IllegalStateException {

    public PermissionTableException(String message) {
        super(message);
    }
}
