"""One file a task. Each says which keys of a gold item it may read (``INPUTS``) and answers one item.

``answer(item, coder)`` gets a dict with the keys of ``INPUTS`` only, and returns the answer object of the kit.
"""
