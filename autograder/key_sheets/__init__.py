"""What is right for one learner, for whoever marks or questions them: « corrigé individuel » and table of the class."""
