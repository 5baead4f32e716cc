"""A complaint about data (DPA 2018 s.164A): who looks into it, what is found, what is done.

A manager names somebody who had no part in what it is about; the acknowledgement gives that name.
Whoever was named says what was found. What was sent and should not have been is offered as a
breach; an answer that was wrong is taken up again by a person before the complaint ends.
"""
