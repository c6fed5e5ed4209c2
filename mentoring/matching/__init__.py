"""Who fits whom: pure arithmetic on numbers and ids, without Django."""
