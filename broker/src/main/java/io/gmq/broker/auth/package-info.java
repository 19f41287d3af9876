/**
 * Who may use the broker, and for what: the users' file, passwords, rights, and the gate at which clients are let in.
 *
 * <pre>
 *   UsersFile ──► Accounts ◄── Doorkeeper ◄── attempts of connections
 *       ▲                          │
 *   UsersWatch                  Judge ──► Throttle, Passwords
 * </pre>
 */
package io.gmq.broker.auth;
