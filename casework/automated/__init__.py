"""A decision by machine alone (UK GDPR Arts 22A to 22D): was it one, was it allowed, who looks.

An officer says how the decision came about; where a person took a meaningful part a manager says
so and the request ends. Otherwise the DPO says whether special category data barred it, and a
person with the power to change it, named in the letter, looks at it with what the subject says.
A decision that is changed becomes a task of the service, with proof.
"""
