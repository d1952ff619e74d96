"""Two versions of a source side by side, and the passages whose words changed between them, settled by keys."""
