"""Setting a department up, step by step; settings ask with the same parts."""
