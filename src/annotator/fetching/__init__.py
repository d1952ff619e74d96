"""The only room that speaks to the network: it fetches one address when a person asks for it, and nothing else, ever."""
