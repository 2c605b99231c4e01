"""The local stage register: SOAP service and portal; shares no code with the side that sends."""
